import { createDqn, createQTable, type DqnAgent, type LearnedQTable, tablePolicy } from 'minimart';

/** A table of 100,000 states and ten actions. */
export function largeTable(): LearnedQTable {
  const [states, actions] = [100_000, 10];
  const q = createQTable({ states, actions });
  for (let place = 0; place < q.values.length; place += 1) {
    q.visits[place] = place % 3;
    q.values[place] = place % 3 === 0 ? Number.NEGATIVE_INFINITY : Math.sin(place);
  }
  const values = Int32Array.from({ length: 2 * states }, (_, place) => (place % 2 === 0 ? place / 2 : place % 7));
  return {
    policy: tablePolicy('large', q, ([first]) => first!),
    q,
    otherwise: 'first',
    states: () => ({ shape: [states, 2], values }),
  };
}

/** An agent of 80,000 weights, with 20,000 transitions of 50 numbers. */
export function largeAgent(): DqnAgent {
  const agent = createDqn({ observationSize: 50, actions: 10, hidden: [256, 256], replaySize: 20_000 });
  const observation = new Float32Array(50);
  for (let place = 0; place < 20_000; place += 1) {
    observation[place % 50] = Math.sin(place);
    const nextObservation = observation;
    agent.observe({ observation, action: place % 10, reward: place % 3, nextObservation, terminated: false });
  }
  return agent;
}
