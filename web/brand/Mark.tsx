/** The sign of 应声: a voice and its echo. Decorative: the words beside it carry the name. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-ground" width="32" height="32" rx="9" />
      <circle class="mark-voice" cx="10.2" cy="16" r="3.1" />
      <path class="mark-echo" d="M16.2 10.9a7.4 7.4 0 0 1 0 10.2" />
      <path class="mark-echo far" d="M20.9 7.4a12.6 12.6 0 0 1 0 17.2" />
    </svg>
  );
}
