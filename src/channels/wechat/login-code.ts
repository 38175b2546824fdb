import { toString } from 'qrcode';

/** A QR code in block letters, black on white whatever the terminal's colours; the bare words where they are too long for one. */
export async function terminalCode(text: string): Promise<string> {
  try {
    return await toString(text, { type: 'terminal', small: true, errorCorrectionLevel: 'L' });
  } catch {
    return text;
  }
}
