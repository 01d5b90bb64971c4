// A React hook that trains while it is shown, tells how far it is, and stops when it is not: copy it into an app.
//
// React is handed in, so that this file needs none: const useTraining = makeUseTraining({ useState, useEffect }). When not to use it: what
// takes longer than people stay on a page belongs on a server, and its file into the app (decodeGan); what makes the page stutter belongs in
// a worker (train-in-worker.ts).

/** What of React is used. */
export interface Hooks {
  useState<T>(first: T): [T, (next: T) => void];
  useEffect(effect: () => () => void, dependencies: readonly unknown[]): void;
}

/** What a component shows. */
export type TrainingState<R> =
  | { readonly kind: 'running'; readonly step: number; readonly totalSteps: number }
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Any trainer of minimart with everything but these two options, such as (options) => trainGan({ ...run, ...options }). */
export type Train<R> = (options: {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly step: number; readonly totalSteps: number }) => Promise<void>;
}) => Promise<R>;

/** Makes the hook. `train` must stay the same function between renders (useCallback), or every render begins anew. */
export function makeUseTraining({ useState, useEffect }: Hooks) {
  return function useTraining<R>(train: Train<R>): TrainingState<R> {
    const [state, setState] = useState<TrainingState<R>>({ kind: 'running', step: 0, totalSteps: 0 });
    useEffect(() => {
      const controller = new AbortController();
      const { signal } = controller;
      // Behind the end of a component nothing is set, and to be stopped is no failure.
      const show = (next: TrainingState<R>) => {
        if (!signal.aborted) setState(next);
      };
      const onProgress = async ({ step, totalSteps }: { readonly step: number; readonly totalSteps: number }) => {
        show({ kind: 'running', step, totalSteps });
        // The page paints.
        await new Promise((resolve) => setTimeout(resolve));
      };
      show({ kind: 'running', step: 0, totalSteps: 0 });
      train({ signal, onProgress }).then(
        (result) => show({ kind: 'done', result }),
        (error: unknown) => show({ kind: 'failed', error }),
      );
      return () => controller.abort();
    }, [train]);
    return state;
  };
}
