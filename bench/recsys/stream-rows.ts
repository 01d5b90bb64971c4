import { parseArgs } from 'node:util';
import {
  countColumn,
  createRng,
  idColumn,
  moneyColumn,
  streamTable,
  timeColumn,
  toInteractions,
} from '../../src/index.js';

// Streams generated orders and prints how long that takes and how much memory it needs at most. With --interactions the rows
// become interactions as well, which are held in memory: 20 bytes a row, and about as much again while they are sorted.
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    users: { type: 'string', default: '1000000' },
    items: { type: 'string', default: '100000' },
    interactions: { type: 'boolean', default: false },
  },
});
const [rows, users, items] = [values.rows, values.users, values.items].map(Number) as [number, number, number];
const columns = {
  customer: idColumn(),
  product: idColumn(),
  pieces: countColumn(),
  price: moneyColumn(),
  at: timeColumn(),
};

let peak = 0;
const measure = () => {
  peak = Math.max(peak, process.memoryUsage().rss);
};

/** Orders of a day each 2,000 rows; customers and products by a square law, so that few have many. */
function* orders(): Generator<string> {
  const rng = createRng(1);
  const pick = (below: number) => Math.floor(below * rng.uniform() ** 2);
  yield 'customer,product,pieces,price,at\n';
  for (let from = 0; from < rows; from += 2000) {
    const day = new Date(Date.UTC(2020, 0, 1) + (from / 2000) * 3_600_000).toISOString().slice(0, 19);
    let text = '';
    for (let row = from; row < Math.min(rows, from + 2000); row += 1) {
      text += `c${pick(users)},p${pick(items)},${1 + pick(9)},${(1 + pick(5000)) / 100},${day}\n`;
    }
    yield text;
  }
}

async function* stream(): AsyncGenerator<string> {
  yield* orders();
}

async function* measured() {
  for await (const table of streamTable(stream(), columns)) {
    measure();
    yield table;
  }
}

// On a busy machine the processor's seconds say more than those of the clock.
function startClock(): (name: string, note: string) => void {
  const start = performance.now();
  const used = process.cpuUsage();
  return (name, note) => {
    const { user, system } = process.cpuUsage(used);
    const clock = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${name}: ${clock} s, of the processor ${((user + system) / 1e6).toFixed(1)} s; ${note}`);
  };
}

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
console.log(
  `${rows} rows, up to ${users} customers and ${items} products; resident at the start: ${megabytes(process.memoryUsage().rss)}`,
);

let done = startClock();
let length = 0;
for (const text of orders()) length += text.length;
done('generating the text alone', `${megabytes(length)} of text`);

done = startClock();
if (values.interactions) {
  const shop = await toInteractions(measured(), { user: 'customer', item: 'product', weight: 'pieces', time: 'at' });
  measure();
  done('stream to interactions', `${shop.length} interactions; peak resident ${megabytes(peak)}`);
} else {
  let kept = 0;
  let pieces = 0;
  for await (const table of measured()) {
    kept += table.length;
    for (const each of table.columns.pieces.values) pieces += each;
  }
  done('stream', `${kept} rows, ${pieces} pieces; peak resident ${megabytes(peak)}`);
}
