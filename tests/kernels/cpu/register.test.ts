import { conv2dSuite } from '../suites/conv2d.js';
import { depthwiseSuite } from '../suites/depthwise.js';
import { emptySuite } from '../suites/empty.js';
import { fusedSuite } from '../suites/fused.js';
import { matMulSuite } from '../suites/mat-mul.js';
import { segmentSumSuite } from '../suites/segment-sum.js';
import { sumSuite } from '../suites/sum.js';

matMulSuite('cpu');
sumSuite('cpu');
conv2dSuite('cpu');
depthwiseSuite('cpu');
segmentSumSuite('cpu');
fusedSuite('cpu');
emptySuite('cpu');
