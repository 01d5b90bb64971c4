import { useState } from 'preact/hooks';
import { download } from '../app/download.js';
import { repeatCode } from './repeat-code.js';
import type { RunFile } from './services.js';
import type { RunSettings } from './settings.js';
import type { RunControl } from './use-run.js';

/** Downloads: the networks, the code that repeats the run, and what that code reads. */
export function Keep({ run, settings }: { readonly run: RunControl; readonly settings: RunSettings }) {
  const [failure, setFailure] = useState('');
  const isThere = run.state.phase === 'training' || run.state.phase === 'ended';
  const save = async (which: RunFile) => {
    setFailure('');
    try {
      download(`${which}.safetensors`, await run.file(which));
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <section class="card" aria-labelledby="keep-title">
      <h2 id="keep-title">Take it with you</h2>
      <div class="buttons">
        <button type="button" onClick={() => save('trained')} disabled={!isThere}>
          Trained networks
        </button>
        <button type="button" onClick={() => download('repeat.mjs', repeatCode(settings))}>
          Code that repeats the run
        </button>
        {settings.start === 'sketch' && settings.pictures !== 'own' && (
          <button type="button" onClick={() => save('start')} disabled={!isThere}>
            Networks at step 0
          </button>
        )}
        {settings.pictures === 'own' && (
          <button type="button" onClick={() => save('pictures')} disabled={!isThere}>
            Your pictures
          </button>
        )}
      </div>
      <p class="small">
        The networks are one file for <code>readGan</code>. The address of this page is a link to the run. {failure}
      </p>
    </section>
  );
}
