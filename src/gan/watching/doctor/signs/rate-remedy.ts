/** What helps against steps that are too long. */
export const rateRemedy =
  'Lower the learning rate five- to tenfold (2e-4 with beta1 0.5 is a usual one) and begin anew from fresh networks. ' +
  'A penalty such as r1Penalty() and gradientClipping make a game steadier.';
