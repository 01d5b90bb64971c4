import { useEffect, useMemo, useState } from 'preact/hooks';
import { Fields, Slider } from '../app/field.js';
import { Note } from '../app/note.js';
import { useSettings } from '../app/use-address.js';
import { useAsk } from '../app/use-ask.js';
import { openLink } from '../link/link.js';
import { CostChart } from './cost-chart.js';
import { HeatMap } from './heat-map.js';
import type { Learned, StockServices } from './services.js';
import { stockSettings } from './settings.js';

/** How much to order: what Q-learning finds beside the base-stock rule and the optimum. */
export function StockView() {
  const [settings, change] = useSettings('stock', stockSettings);
  const { demand, lead: leadTime, penalty, days, seed } = settings;
  const solver = useMemo(() => openLink<StockServices>('stock'), []);
  const learner = useMemo(() => openLink<StockServices>('stock'), []);
  useEffect(
    () => () => {
      solver.close();
      learner.close();
    },
    [solver, learner],
  );
  const problem = { demand, leadTime, penalty };
  const [learnt, setLearnt] = useState<readonly Learned[]>([]);
  const key = JSON.stringify([problem, seed]);
  // What was learnt of another product is forgotten.
  useEffect(() => setLearnt([]), [key]);
  const solved = useAsk(solver, 'solve', problem);
  const learning = useAsk(learner, 'learn', { ...problem, days, seed }, (now) =>
    setLearnt((before) => [...before, now]),
  );
  const latest = learnt.at(-1);
  const answer = solved.answer;
  const most = Math.max(1, ...[answer?.optimum, answer?.baseStock, latest].flatMap((map) => map?.orders.flat() ?? []));
  return (
    <div class="stock">
      <section class="card" aria-labelledby="stock-title">
        <h1 id="stock-title">How much do I order?</h1>
        <p>
          A product sells {demand} a day on average. An order arrives{' '}
          {leadTime === 1 ? 'the next day' : `after ${leadTime} days`}. A piece left over costs 1 a night, a customer
          who leaves costs {penalty}.
        </p>
        <Fields>
          <Slider label="Demand a day" value={demand} range={[1, 8]} onChange={(value) => change({ demand: value })} />
          <Slider
            label="Lead time"
            unit={leadTime === 1 ? ' day' : ' days'}
            value={leadTime}
            range={[1, 3]}
            onChange={(value) => change({ lead: value })}
          />
          <Slider
            label="Cost of a lost sale"
            value={penalty}
            range={[1, 40]}
            onChange={(value) => change({ penalty: value })}
          />
        </Fields>
      </section>
      <div class="maps">
        <div class="card">
          {latest ? <HeatMap title="Q-learning" map={latest} most={most} /> : <p>Q-learning begins …</p>}
          <p class="small">
            {latest
              ? `After ${latest.days.toLocaleString('en')} days, which are ${(latest.days / 365).toFixed(0)} years. It was told nothing of the demand.`
              : ''}
          </p>
        </div>
        <div class="card">
          {answer ? (
            <HeatMap title="Base stock" map={answer.baseStock} most={most} />
          ) : (
            <p>Looking for the best level …</p>
          )}
          <p class="small">{answer ? `The rule of one line: ${answer.baseStock.name}.` : ''}</p>
        </div>
        <div class="card">
          {answer ? <HeatMap title="Optimum" map={answer.optimum} most={most} /> : <p>Solving …</p>}
          <p class="small">
            {answer ? `Solved exactly over ${answer.states.toLocaleString('en')} states; it knows the demand.` : ''}
          </p>
        </div>
      </div>
      {leadTime > 2 && <p class="small">The maps show the days on which nothing else is under way.</p>}
      <section class="card" aria-labelledby="cost-title">
        <h2 id="cost-title">What learning costs</h2>
        {answer && learnt.length > 0 && (
          <CostChart learnt={learnt} baseStock={answer.baseStock.cost} optimum={answer.optimum.cost} />
        )}
        <p>{verdictOf(latest?.cost, answer?.baseStock.cost, answer?.optimum.cost)}</p>
        <Note of={solved} busy="Solving …" />
        <Note of={learning} busy="Q-learning goes on …" />
        {!learning.isBusy && latest && (
          <button type="button" onClick={() => change({ days: 2 * days })}>
            Learn twice as long
          </button>
        )}
      </section>
    </div>
  );
}

function verdictOf(learnt: number | undefined, baseStock: number | undefined, optimum: number | undefined): string {
  if (learnt === undefined || baseStock === undefined || optimum === undefined) return '';
  const above = (cost: number) => `${((100 * (cost - optimum)) / optimum).toFixed(1)}%`;
  const winner =
    learnt < baseStock ? 'Q-learning is ahead of the rule of one line here' : 'The rule of one line is ahead: take it';
  return `Q-learning costs ${above(learnt)} more than the optimum, base stock ${above(baseStock)}. ${winner}.`;
}
