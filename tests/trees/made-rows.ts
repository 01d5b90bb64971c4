/** Rows by plain arithmetic, so that a reference in another language has the same: four columns and three kinds of targets. */
export function madeRows(count: number) {
  let state = 12345;
  const next = () => {
    state = Number((BigInt(state) * 1103515245n + 12345n) % 2n ** 31n);
    return state / 2 ** 31;
  };
  const columns = Array.from({ length: 4 }, () => new Float64Array(count));
  const [answers, values] = [new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < count; row += 1) {
    const [a, b, c] = [Math.floor(next() * 40), Math.floor(next() * 200), Math.floor(next() * 7)];
    const [isMissing, draw, noise] = [next() < 0.1, next(), next()];
    const odds = (a > 20 === b > 100 ? 1.5 : -1) + (isMissing ? 0.5 : 0) + (0.3 * c - 0.9);
    for (const [place, value] of [a, c, isMissing ? Number.NaN : b % 13, b].entries()) columns[place]![row] = value;
    answers[row] = draw < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    values[row] = odds * 2 + noise;
  }
  return { columns, answers, values };
}
