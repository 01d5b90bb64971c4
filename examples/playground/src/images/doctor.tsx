import type { RunState } from './run-state.js';

/** What the doctor says, at once when it says something. */
export function Doctor({ state }: { readonly state: RunState }) {
  const { verdict, examined, told } = state;
  const earlier = told.filter((each) => each.verdict !== verdict?.verdict);
  return (
    <section class={`card doctor ${verdict ? 'ill' : 'well'}`} aria-labelledby="doctor-title">
      <h2 id="doctor-title">The doctor</h2>
      <div aria-live="polite">
        {verdict ? (
          <>
            <p class="verdict">{verdict.verdict.replaceAll('-', ' ')}</p>
            <p>
              Step {verdict.step}: {verdict.evidence}.
            </p>
            <p>
              <strong>Try:</strong> {verdict.remedy}.
            </p>
          </>
        ) : (
          <p>
            {examined
              ? 'Finds nothing wrong so far. That is no praise: it does not know what a good picture is.'
              : 'Has not looked yet: it does after 50 steps.'}
          </p>
        )}
      </div>
      {earlier.length > 0 && (
        <p class="small">
          Said before: {earlier.map((each) => `${each.verdict.replaceAll('-', ' ')} (step ${each.step})`).join(', ')}.
        </p>
      )}
    </section>
  );
}
