// npm run bench [-- --rows A,B,D,C256,C2048,E,products,overhead --rounds 5 --only PyTorch --slow --profile --write]
import { buildPrograms } from './harness/build-programs.js';
import { describeMachine } from './harness/machine.js';
import { runRounds } from './harness/run-rounds.js';
import { readOptions } from './options.js';
import { profileRows } from './profile-rows.js';
import { embeddingRows } from './rows/embedding-rows.js';
import { ganRows } from './rows/gan-rows.js';
import { overheadRow } from './rows/overhead-row.js';
import { productsRow } from './rows/products-row.js';
import type { Row } from './rows/row.js';
import { searchRow } from './rows/search-row.js';
import { writeTables } from './write-tables.js';

const allRows: readonly Row[] = [...ganRows, ...embeddingRows, searchRow, productsRow, overheadRow];

async function main(): Promise<void> {
  const options = readOptions(
    process.argv.slice(2),
    allRows.map(({ name }) => name),
  );
  await buildPrograms();
  if (options.profile) return profileRows(options.rows);
  const versions: Record<string, string> = {};
  const machine = describeMachine();
  const tables: string[] = [];
  for (const row of allRows.filter(({ name }) => options.rows.includes(name))) {
    const contenders = row.contenders.filter(({ name }, place) => place === 0 || name.includes(options.only ?? ''));
    const outcomes = await runRounds(contenders, {
      ...options,
      onStart: ({ name }, round) => console.error(`row ${row.name}, round ${round + 1}: ${name}`),
    });
    for (const measurement of outcomes.flatMap(({ measurements }) => measurements)) {
      Object.assign(versions, measurement.versions);
    }
    tables.push(`### ${row.name}: ${row.title}\n\n${row.report(outcomes)}`);
    console.log(`${tables.at(-1)}\n`);
  }
  const peers = Object.entries(versions).map(([name, version]) => `- ${name} ${version}`);
  const facts = [machine, ...peers, `- ${options.rounds} rounds, contenders one after the other`].join('\n');
  console.log(facts);
  if (options.write) writeTables(`${facts}\n\n${tables.join('\n\n')}`);
}

await main();
