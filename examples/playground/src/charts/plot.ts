// The marks that the page's charts are made of; what is not named here is left out of the bundle.
export { areaY, barX, cell, dot, line, plot, ruleX, ruleY, text } from '@observablehq/plot';
