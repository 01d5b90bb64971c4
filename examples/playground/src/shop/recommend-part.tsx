import { Fields, Select } from '../app/field.js';
import { Note } from '../app/note.js';
import { useAsk } from '../app/use-ask.js';
import { Bars } from '../charts/bars.js';
import type { PartProps } from './part.js';
import type { Pick } from './services.js';

/** What to show a customer, why, and whether that is better than popularity. */
export function RecommendPart({ link, shop, settings, onChange }: PartProps) {
  const customer = shop.customerIds.includes(settings.customer) ? settings.customer : (shop.customerIds[0] ?? '');
  const asked = useAsk(link, 'recommend', { customer, onlyNew: settings.fresh === 'yes' });
  const judged = useAsk(link, 'judgeRecommender', null);
  const { answer } = asked;
  return (
    <section class="card" aria-labelledby="recommend-title">
      <h2 id="recommend-title">What do I show this customer?</h2>
      <div class="pair">
        <div>
          <Fields>
            <Select
              label="Customer"
              value={customer}
              options={shop.customerIds.map((id) => ({ value: id, label: id }))}
              onChange={(id) => onChange({ customer: id })}
            />
            <Select
              label="Show"
              value={settings.fresh}
              options={[
                { value: 'no', label: 'what comes again, and new things' },
                { value: 'yes', label: 'new things only' },
              ]}
              onChange={(fresh) => onChange({ fresh: fresh as 'no' | 'yes' })}
            />
          </Fields>
          {answer && (
            <p class="small">
              Bought most: {answer.bought.map(([product, orders]) => `${product} (${orders})`).join(', ')}.
            </p>
          )}
          {answer && <Picks picks={answer.picks} />}
          <Note of={asked} busy="Learning what goes with what …" />
        </div>
        <div>
          {judged.answer && (
            <>
              <Bars
                title="How much of the next order ten places hold"
                bars={judged.answer.bars}
                axis="recall"
                percent
              />
              <p class="small">
                Last orders of {judged.answer.customers.toLocaleString('en')} customers, learnt from what was before;
                lines are 95% intervals. {verdict(judged.answer.ahead)}
              </p>
            </>
          )}
          <Note of={judged} busy="Trying it on last orders …" />
        </div>
      </div>
    </section>
  );
}

function Picks({ picks }: { readonly picks: readonly Pick[] }) {
  const most = Math.max(...picks.flatMap(({ chance, baseline }) => [chance, baseline]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class="table-frame" tabIndex={0} aria-label="Picks">
      <table>
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col">Why</th>
            <th scope="col">Chance, and that of anybody</th>
          </tr>
        </thead>
        <tbody>
          {picks.map(({ product, isNew, chance, baseline, why }) => (
            <tr key={product}>
              <th scope="row">
                {product} <span class={`tag ${isNew ? 'new' : ''}`}>{isNew ? 'new' : 'again'}</span>
              </th>
              <td>{why}</td>
              <td>
                <div class="chance">
                  <span>
                    {percent(chance)} <span class="small">/ {percent(baseline)}</span>
                  </span>
                  <span class="meter own" style={{ width: `${(100 * chance) / most}%` }} />
                  <span class="meter base" style={{ width: `${(100 * baseline) / most}%` }} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;

function verdict(ahead: readonly { readonly name: string; readonly low: number; readonly high: number }[]): string {
  const say = ({ name, low, high }: (typeof ahead)[number]) =>
    low > 0 ? `ahead of ${name}` : high < 0 ? `behind ${name}` : `not told from ${name}`;
  return ahead.length === 0 ? '' : `On the same customers it is ${ahead.map(say).join(', ')}.`;
}
