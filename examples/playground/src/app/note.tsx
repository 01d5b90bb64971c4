import type { Asking } from './use-ask.js';

/** Says that work is under way, or why it failed. */
export function Note({
  of: { isBusy, failure, told },
  busy,
}: {
  readonly of: Asking<unknown, unknown>;
  readonly busy: string;
}) {
  const note = (told as { readonly note?: string } | undefined)?.note;
  return (
    <p class={`small note ${failure ? 'failed' : ''}`} aria-live="polite">
      {failure ?? (isBusy ? (note ?? busy) : '')}
    </p>
  );
}
