import { compareOrders, idColumn, parseTable, timeColumn } from 'minimart';
import { expect, test } from 'vitest';

const columns = { customer: 'customer', product: 'product', time: 'time' } as const;
// Visits such as `ann 0 tea mug`: on day 0, a Monday, tea and a mug.
const ordersOf = (visits: readonly string[]) => {
  const rows = visits.flatMap((visit) => {
    const [customer, day, ...products] = visit.split(' ');
    const time = new Date(Date.UTC(2026, 2, 2 + Number(day), 10)).toISOString().slice(0, 16);
    return products.map((product) => `${customer},${product},${time}`);
  });
  return parseTable(`customer,product,time\n${rows.join('\n')}\n`, {
    customer: idColumn(),
    product: idColumn(),
    time: timeColumn(),
  });
};

const real = ordersOf(['ann 0 tea mug', 'ann 7 tea pot', 'bob 1 tea', 'bob 14 tea']);

test('what was learned from is no distance away from itself', async () => {
  const scores = await compareOrders(real, { ...columns, real, heldOut: real });
  for (const { value, heldOut } of Object.values(scores)) expect([value, heldOut]).toEqual([0, 0]);
});

test('distances are those of the formulas', async () => {
  // V1 comes three times, V2 once, on days 0, 1, 2 and 14.
  const virtual = ordersOf(['V1 0 tea', 'V1 1 mug', 'V1 2 tea', 'V2 14 jam']);
  const scores = await compareOrders(virtual, { ...columns, real, heldOut: real });
  // Two visits each; three and one: nothing in common.
  expect(scores.visits.value).toBe(1);
  // Gaps of 7 and 13 days in two groups; both of 1 day.
  expect(scores.gaps.value).toBe(1);
  // Two of four visits have one line; all four.
  expect(scores.lines.value).toBe(0.5);
  // Two of three lines behind the first visit repeat; one of two.
  expect(scores.repeats.value).toBeCloseTo(2 / 3 - 1 / 2, 12);
  // Mondays 3 of 4 and Tuesdays 1; Mondays 2, Tuesdays 1, Wednesdays 1.
  expect(scores.weekdays.value).toBe(0.25);
  // Tea 4 / 6, mug 1 / 6, pot 1 / 6; tea 2 / 4, mug 1 / 4, jam 1 / 4.
  expect(scores.products.value).toBeCloseTo((1 / 6 + 1 / 12 + 1 / 6 + 1 / 4) / 2, 12);
});

test('months are those of the calendar, each year by itself', async () => {
  // Day 30 is 1 April 2026, day 365 is 2 March 2027.
  const [spring, years] = [
    ordersOf(['a 0 tea', 'a 29 tea', 'b 30 tea', 'b 31 tea']),
    ordersOf(['a 0 tea', 'b 365 tea']),
  ];
  const scores = await compareOrders(spring, { ...columns, real, heldOut: years });
  // Two of four visits are in April, and none of the real ones; one of two is in another March.
  expect(scores.months).toEqual({ value: 0.5, heldOut: 0.5 });
});

test('refuses tables that say nothing, by their names', async () => {
  const short = ordersOf(['V1 0 tea', 'V2 1 mug']);
  await expect(compareOrders(short, { ...columns, real, heldOut: real })).rejects.toThrow(
    /`virtual` must span 14 to 36525 days/,
  );
  await expect(compareOrders(real, { ...columns, real, heldOut: short })).rejects.toThrow(
    /`heldOut` must span 14 to 36525 days/,
  );
  await expect(compareOrders(real, { ...columns, product: 'sku' as 'product', real, heldOut: real })).rejects.toThrow(
    /`product` must name a column/,
  );
});
