/**
 * What is left out of lists unless something else is said, when they are made and when they are judged: what the user has.
 * The same for both, so that a report speaks of the lists that people see.
 */
export const defaultExclusion = 'seen';
