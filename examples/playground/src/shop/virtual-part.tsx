import { Fields, Select } from '../app/field.js';
import { Note } from '../app/note.js';
import { useAsk } from '../app/use-ask.js';
import { Bars } from '../charts/bars.js';
import type { PartProps } from './part.js';

/** Order lines that never were, and a judge of them. */
export function VirtualPart({ link, settings, onChange }: PartProps) {
  const { country, draw } = settings;
  const asked = useAsk(link, 'virtual', { country, seed: draw });
  const { answer } = asked;
  return (
    <section class="card" aria-labelledby="virtual-title">
      <h2 id="virtual-title">Orders that never were</h2>
      {answer && (
        <div class="pair">
          <div>
            <Fields>
              {answer.countries.length > 0 && (
                <Select
                  label="Country"
                  value={country}
                  options={[
                    { value: '', label: 'any' },
                    ...answer.countries.map((name) => ({ value: name, label: name })),
                  ]}
                  onChange={(name) => onChange({ country: name })}
                />
              )}
              <button type="button" onClick={() => onChange({ draw: draw + 1 })}>
                Draw again
              </button>
            </Fields>
            <Lines names={answer.names} rows={answer.rows} />
            <p class="small">
              {country ? `Every line is from ${country}; of all lines ${(100 * answer.share).toFixed(1)}% are. ` : ''}
              Drawn by a mixture of 20 classes. No privacy is promised: a line may equal a real one.
            </p>
          </div>
          <div>
            <Bars
              title="Can trees tell them from real lines?"
              bars={answer.bars}
              axis="area under the curve; 0.5 is a coin"
              domain={[0.45, 1]}
              rule={{ at: 0.5, says: '0.5 means that they cannot' }}
            />
            <p class="small">
              {answer.judged.toLocaleString('en')} lines of each kind. The nearer to 0.5 the better; real lines against
              real ones are the floor.
            </p>
          </div>
        </div>
      )}
      <Note of={asked} busy="Learning lines …" />
    </section>
  );
}

function Lines({ names, rows }: { readonly names: readonly string[]; readonly rows: readonly (readonly string[])[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class="table-frame" tabIndex={0} aria-label="Virtual lines">
      <table>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Lines have no other name, and equal ones may come twice.
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={names[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
