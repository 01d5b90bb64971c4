import { createDqn, decodeDqn, decodeQTable, encodeDqn, encodeQTable, learnFromDemand } from 'minimart';
import { documentKind, type FuzzKind } from './kind.js';

/** Files of Q-tables and agents. */
export async function learnerKinds(): Promise<FuzzKind[]> {
  return [await tableKind(), await agentKind()];
}

async function tableKind(): Promise<FuzzKind> {
  const learned = await learnFromDemand({ observed: [1, 2, 3], holding: 1, penalty: 4, capacity: 4 });
  return documentKind('Q-table', ['decodeQTable', 'act'], await encodeQTable(learned), async (bytes) => {
    const { policy, states } = await decodeQTable(bytes);
    policy.act(new Array(states().shape[1]).fill(1));
  });
}

async function agentKind(): Promise<FuzzKind> {
  const agent = createDqn({ observationSize: 2, actions: 2, hidden: [3], batchSize: 4, replaySize: 9, nStep: 2 });
  for (let day = 0; day < 9; day += 1) {
    const nextObservation = [day, 1];
    agent.observe({ observation: [day, 0], action: day % 2, reward: day, nextObservation, terminated: day === 4 });
  }
  await agent.learn();
  return documentKind('DQN', ['decodeDqn', 'act'], await encodeDqn(agent), async (bytes) => {
    const read = await decodeDqn(bytes);
    read.act(new Array(read.config.observationSize).fill(1));
  });
}
