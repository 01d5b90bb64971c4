// Recommendations over HTTP from a CSV of orders: npx tsx examples/serve-recommendations.ts FILE.csv [PORT]
//
// Columns customer, product and date, such as 2026-03-01; GET /recommend?customer=ID answers JSON. When not to use it: with few orders a
// customer, popularity is as good; evaluateRanking() says so. It listens on this machine only.
import { createServer } from 'node:http';
import { idColumn, itemItemRecommender, recommend, timeColumn, toInteractions } from 'minimart';
import { readTableFile } from 'minimart/node';

const [file = 'orders.csv', port = '8080'] = process.argv.slice(2);

const orders = await readTableFile(file, { customer: idColumn(), product: idColumn(), date: timeColumn() });
const sales = toInteractions(orders, { user: 'customer', item: 'product', time: 'date', duplicates: 'first' });
const recommender = await itemItemRecommender(sales);

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const customer = searchParams.get('customer') ?? '';
  const known = pathname === '/recommend' && sales.users.has(customer);
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
  const picks = known ? await recommend(recommender, customer, { k: 3, exclude: 'seen' }) : { error: 'unknown' };
  response.end(JSON.stringify(picks));
});
server.listen(Number(port), '127.0.0.1', () => console.log('listening on', server.address()));
