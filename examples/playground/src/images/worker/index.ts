import { serve } from '../../link/serve.js';
import type { ImageServices } from '../services.js';
import { sheetSide } from '../settings.js';
import { type CurrentRun, encodeFile } from './encode-file.js';
import { createPacer, type Pacer } from './pacer.js';
import { keepOwn, loadGarments, nameOf } from './pictures.js';
import { prepareRun } from './prepare-run.js';
import { layOut } from './sheet.js';
import { presentBackends, startBackend } from './start-backend.js';
import { someOf } from './to-data.js';
import { train } from './train.js';

/** The run at work, or the one that ended last; one at a time. */
let current: (CurrentRun & { readonly pacer: Pacer }) | undefined;

serve<ImageServices>({
  run: async ({ settings, pace, own, anew }, call) => {
    current?.run.dispose();
    current = undefined;
    const kept = settings.pictures === 'own' ? await keepOwn(own) : undefined;
    const loading = kept ?? loadGarments(settings.pictures);
    const backend = await startBackend(settings.backend);
    const channels = kept?.channels ?? 1;
    const run = await prepareRun(settings, { backend, channels, own: kept ? await nameOf(kept) : '' });
    const pacer = createPacer(pace);
    current = { run, pacer, settings, channels, ...(kept && { own: kept }) };
    if (anew) for (const name of await run.store.list()) await run.store.remove(name);
    const goesOn = (await run.store.list()).length > 0;
    call.tell({ kind: 'began', backend, kept: goesOn });
    if (!goesOn) call.tell({ kind: 'drawn', drawing: await run.painter.draw(0) });
    const pictures = await loading;
    const some = someOf(pictures, sheetSide * sheetSide);
    run.painter.compareWith(some);
    call.tell({ kind: 'real', sheet: layOut(some.values, channels, 2 * sheetSide) });
    // What is kept is seen only after one step more.
    if (goesOn) pacer.once();
    return { step: await train(run, { settings, backend, pictures, pacer }, call) };
  },
  pace: (pace) => {
    if (current) current.pacer.pace = pace;
    return undefined;
  },
  step: () => {
    current?.pacer.once();
    return undefined;
  },
  between: (ends) => {
    if (!current) return undefined;
    current.run.painter.ends = ends;
    return current.run.painter.drawRow();
  },
  file: (which) => {
    if (!current) throw new Error('There is no run whose files could be kept.');
    return encodeFile(which, current);
  },
  backends: () => presentBackends(),
});
