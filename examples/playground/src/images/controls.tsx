import type { Pace } from './services.js';
import type { RunControl } from './use-run.js';

const paces: readonly { readonly pace: Pace; readonly label: string }[] = [
  { pace: 'paused', label: 'Pause' },
  { pace: 'slow', label: 'Slow' },
  { pace: 'fast', label: 'Fast' },
];

/** Pause, slow, fast, one step, from the start; and how far the run is. */
export function Controls({
  run,
  steps,
  onLonger,
}: {
  readonly run: RunControl;
  readonly steps: number;
  onLonger(): void;
}) {
  const { state, pace } = run;
  const step = state.drawing?.step ?? 0;
  return (
    <div class="controls">
      <fieldset class="segments">
        <legend class="hidden">Training</legend>
        {paces.map(({ pace: each, label }) => (
          <label key={each}>
            <input type="radio" name="pace" checked={pace === each} onChange={() => run.setPace(each)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <button type="button" onClick={() => run.step()} disabled={state.phase !== 'training'}>
        Step
      </button>
      <button type="button" onClick={() => run.startOver()} disabled={state.phase === 'starting'}>
        Start over
      </button>
      {state.phase === 'ended' && (
        <button type="button" class="primary" onClick={onLonger}>
          Train longer
        </button>
      )}
      <p class="status" id="status">
        {statusText(run, step, steps)}
      </p>
    </div>
  );
}

function statusText({ state, pace }: RunControl, step: number, steps: number): string {
  const { phase, backend, stepsPerSecond, kept } = state;
  if (phase === 'failed') return state.failure ?? 'The run broke off.';
  if (phase === 'starting') return 'Starting …';
  const speed =
    pace === 'fast' && stepsPerSecond > 0 && phase === 'training' ? ` · ${stepsPerSecond.toFixed(0)} steps/s` : '';
  const where = `Step ${step.toLocaleString('en')} of ${steps.toLocaleString('en')}${speed} · ${backend}`;
  if (phase === 'ended') return `${where} · done`;
  return kept && state.curves.points.length < 50 ? `${where} · going on where this browser left off` : where;
}
