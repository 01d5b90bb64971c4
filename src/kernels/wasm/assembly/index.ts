export { activate } from './activate';
export { adam } from './adam';
export { convolutionInputGradient } from './conv-input-gradient';
export { depthwiseGradient } from './depthwise';
export { geometryScratch, setGeometry } from './geometry';
export { multiply, multiplyScratch } from './mat-mul';
export { addRows } from './rows';
export { sumRows } from './sums';
export { topScores, topScoresScratch } from './top-k';
