import { breaks, type Experiment, whole } from './experiments.js';
import type { RunSettings } from './settings.js';

/** Buttons that break the game, and one that mends it. */
export function BreakIt({
  settings,
  onChoose,
}: {
  readonly settings: RunSettings;
  onChoose(settings: Experiment['settings']): void;
}) {
  return (
    <section class="card" aria-labelledby="break-title">
      <h2 id="break-title">Break it</h2>
      <div class="choices">
        {[whole, ...breaks].map((experiment) => (
          <button
            key={experiment.name}
            type="button"
            class="choice"
            aria-pressed={isAt(settings, experiment)}
            onClick={() => onChoose(experiment.settings)}
          >
            <strong>{experiment.name}</strong>
            <span>{experiment.says}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

function isAt(settings: RunSettings, experiment: Experiment): boolean {
  return Object.entries(experiment.settings).every(([name, value]) => settings[name as keyof RunSettings] === value);
}
