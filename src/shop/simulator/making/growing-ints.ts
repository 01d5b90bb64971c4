/** A list of integers that grows, in a typed array: an ordinary list of ten million is slow and large. */
export class GrowingInts {
  private values = new Int32Array(1024);
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Int32Array(2 * this.count);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.count] = value;
    this.count += 1;
  }

  /** What is in it; the list must not grow any more. */
  taken(): Int32Array {
    return this.values.subarray(0, this.count);
  }
}
