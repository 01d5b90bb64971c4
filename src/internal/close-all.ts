/** Ends everything that a run held, in order, also what comes after one that fails; then the first failure is thrown. */
export async function closeAll(parts: readonly ((() => unknown) | undefined)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of parts) {
    try {
      await close?.();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
