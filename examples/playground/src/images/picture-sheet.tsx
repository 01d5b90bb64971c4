import { useRef, useState } from 'preact/hooks';
import type { Drawing } from './services.js';
import { sheetSide } from './settings.js';
import { SheetCanvas } from './sheet-canvas.js';

interface PictureSheetProps {
  readonly drawing: Drawing | undefined;
  readonly ends: readonly [from: number, to: number];
  onChoose(picture: number): void;
}

const indices = Array.from({ length: sheetSide * sheetSide }, (_, index) => index);

/** The drawn pictures. Each is a button that tells its score, and becomes an end of the row below when it is pressed. */
export function PictureSheet({ drawing, ends, onChoose }: PictureSheetProps) {
  const [pointed, setPointed] = useState<number>();
  const [reached, setReached] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(reached + move, 0), indices.length - 1);
    setReached(next);
    group.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div class="sheet">
      <div class="sheet-frame">
        <SheetCanvas sheet={drawing?.sheet} label={`Drawn pictures after ${drawing?.step ?? 0} steps`} />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid over the canvas in all browsers. */}
        <div
          class="sheet-cells"
          role="group"
          aria-label="Drawn pictures; arrow keys move"
          ref={group}
          onKeyDown={onKeyDown}
        >
          {indices.map((index) => (
            <button
              key={index}
              type="button"
              tabIndex={index === reached ? 0 : -1}
              aria-label={`Picture ${index + 1}: ${scoreText(drawing, index)}`}
              aria-pressed={ends.includes(index)}
              onMouseEnter={() => setPointed(index)}
              onMouseLeave={() => setPointed(undefined)}
              onFocus={() => setPointed(index)}
              onBlur={() => setPointed(undefined)}
              onClick={() => {
                setReached(index);
                onChoose(index);
              }}
            >
              {ends[0] === index ? 'A' : ends[1] === index ? 'B' : ''}
            </button>
          ))}
        </div>
      </div>
      <p class="score-line">
        {pointed === undefined
          ? 'Point at a picture for the critic’s score.'
          : `Picture ${pointed + 1}: ${scoreText(drawing, pointed)}.`}
      </p>
    </div>
  );
}

const moves: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -sheetSide,
  ArrowDown: sheetSide,
};

/** Only differences of scores mean something to this critic, so a score is told against the mean of real pictures. */
function scoreText(drawing: Drawing | undefined, index: number): string {
  const score = drawing?.scores[index];
  if (!drawing || score === undefined || drawing.realScores.length === 0) return 'no score yet';
  const { realScores } = drawing;
  const above = score - realScores.reduce((sum, each) => sum + each / realScores.length, 0);
  const size = Math.abs(above).toFixed(1);
  return above < 0
    ? `the critic scores it ${size} below real ones`
    : `the critic takes it for real, ${size} above real ones`;
}
