/** Two soft notes: a call and its echo. Made, not loaded, so the page needs no file for it. */
export function chime(): void {
  try {
    const audio = new AudioContext();
    for (const [note, start] of [
      [659, 0],
      [880, 0.16],
    ] as const) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = note;
      volume.gain.setValueAtTime(0.0001, audio.currentTime + start);
      volume.gain.exponentialRampToValueAtTime(0.12, audio.currentTime + start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + start + 0.4);
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + start);
      tone.stop(audio.currentTime + start + 0.45);
    }
    setTimeout(() => void audio.close(), 1000);
  } catch {
    // No sound device, or the browser wants a click first: the title still tells.
  }
}
