/**
 * What a thread of the pool runs, as text: it must arrive as it is through any bundler, in Node's workers and in those of pages.
 *
 * A thread instantiates modules in memories that messages bring, and takes parts of jobs until a message is on its way (the word
 * RELEASE changes): only out of that loop can it receive one. `thread-pool.ts` holds the other end and the meaning of the words.
 */
export const threadSource = `'use strict';
const start = (port, receive) => {
  const places = new Map();
  let words, numbers;
  const take = () => {
    for (;;) {
      const left = Atomics.load(words, 0);
      if (left <= 0) return -1;
      if (Atomics.compareExchange(words, 0, left, left - 1) === left) return left - 1;
    }
  };
  const run = (part) => {
    const routines = places.get(numbers[0]);
    let at = numbers[1 + part];
    for (let calls = numbers[at++]; calls > 0; calls -= 1) {
      const end = at + 2 + numbers[at + 1];
      routines[numbers[at]](...numbers.subarray(at + 2, end));
      at = end;
    }
  };
  const fail = (error) => {
    const text = String(error).slice(0, 200);
    for (let i = 0; i < text.length; i += 1) words[16 + i] = text.charCodeAt(i);
    Atomics.store(words, 5, text.length);
  };
  const work = (release) => {
    let idle = 0;
    while (Atomics.load(words, 4) === release) {
      const event = Atomics.load(words, 2);
      const part = take();
      if (part >= 0) {
        try {
          run(part);
        } catch (error) {
          fail(error);
        }
        if (Atomics.sub(words, 1, 1) === 1) Atomics.notify(words, 1);
        idle = 0;
      } else if ((idle += 1) > words[6]) {
        Atomics.add(words, 3, 1);
        Atomics.wait(words, 2, event);
        Atomics.sub(words, 3, 1);
        idle = 0;
      }
    }
  };
  receive((message) => {
    if (message.words) {
      words = new Int32Array(message.words);
      numbers = new Float64Array(message.numbers);
    } else if (message.module) {
      const { exports } = new WebAssembly.Instance(message.module, { env: { memory: message.memory } });
      places.set(message.place, Object.values(exports));
    } else places.delete(message.place);
    port.postMessage(message.release);
    work(message.release);
  });
};
const node = typeof process === 'object' && process.getBuiltinModule && process.getBuiltinModule('worker_threads');
if (node) {
  const { parentPort } = node;
  start(parentPort, (act) => parentPort.on('message', act));
} else start(self, (act) => { self.onmessage = ({ data }) => act(data); });
`;
