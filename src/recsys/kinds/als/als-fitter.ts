import { type AlsSettings, type AlsSide, computeGram, createAlsWorkspace, fitRow } from './als-side.js';

/** The two sides of a factorization. */
export interface AlsSides {
  readonly users: AlsSide;
  readonly items: AlsSide;
}

/** Solves for all vectors of one side, those of the other held. */
export interface AlsFitter {
  /** Writes the vectors of the side. `pause` rejects where the run is to stop. */
  fit(side: keyof AlsSides, pause: () => Promise<void>): Promise<void>;
  /** Gives back what it holds. */
  close(): void;
}

/** Fits one row after the other in plain loops, for hosts that cannot run the wasm routines. */
export function plainFitter(sides: AlsSides, settings: AlsSettings): AlsFitter {
  const workspace = createAlsWorkspace(settings.factors);
  return {
    async fit(name, pause) {
      const side = sides[name];
      const { vectors } = sides[name === 'users' ? 'items' : 'users'];
      await computeGram(workspace, vectors, settings.factors, pause);
      for (let row = 0; row < side.offsets.length - 1; row += 1) {
        await pause();
        await fitRow(side, row, vectors, settings, workspace, pause);
      }
    },
    close: () => {},
  };
}
