import { useState } from 'preact/hooks';
import { FileDrop } from '../app/file-drop.js';
import { readPictures } from './read-pictures.js';
import type { Pictures } from './services.js';

/** Takes the visitor's pictures. They stay in this browser. */
export function OwnPictures({ onPictures }: { onPictures(pictures: Pictures): void }) {
  const [message, setMessage] = useState('');
  const read = async (files: readonly File[]) => {
    setMessage(`Reading ${files.length} files …`);
    try {
      const { pictures, unread } = await readPictures(files);
      const few = pictures.count < 100 ? ' With fewer than some hundred it can do little but copy them.' : '';
      setMessage(
        `Learning from ${pictures.count} pictures.${unread > 0 ? ` ${unread} files were no pictures.` : ''}${few}`,
      );
      onPictures(pictures);
    } catch (error) {
      setMessage((error as Error).message);
    }
  };
  return (
    <section class="card" aria-labelledby="own-title">
      <h2 id="own-title">Your own pictures</h2>
      <FileDrop
        label="Drop pictures here, or choose them"
        hint="They are cut to 28 × 28 points and never leave this browser."
        accept="image/*"
        multiple
        onFiles={read}
      />
      <p aria-live="polite" class="small">
        {message}
      </p>
    </section>
  );
}
