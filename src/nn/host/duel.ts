/** `output(a) = value + advantage(a) - mean of advantages`, row by row. */
export function duel(
  memory: Float32Array,
  value: number,
  advantage: number,
  output: number,
  rows: number,
  width: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const start = row * width;
    let sum = 0;
    for (let at = start; at < start + width; at += 1) sum += memory[advantage + at]!;
    const offset = memory[value + row]! - sum / width;
    for (let at = start; at < start + width; at += 1) memory[output + at] = memory[advantage + at]! + offset;
  }
}

/** The gradient of {@link duel} by value and advantages. */
export function duelGradient(
  memory: Float32Array,
  output: number,
  value: number,
  advantage: number,
  rows: number,
  width: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const start = row * width;
    let sum = 0;
    for (let at = start; at < start + width; at += 1) sum += memory[output + at]!;
    memory[value + row] = sum;
    for (let at = start; at < start + width; at += 1) memory[advantage + at] = memory[output + at]! - sum / width;
  }
}
