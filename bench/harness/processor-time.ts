/** Milliseconds of processor time that this process has used: other programs disturb it less than the clock. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
