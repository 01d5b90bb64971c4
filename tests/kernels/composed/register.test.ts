import { conv2dSuite } from '../suites/conv2d.js';
import { depthwiseSuite } from '../suites/depthwise.js';
import { fusedSuite } from '../suites/fused.js';
import { matMulSuite } from '../suites/mat-mul.js';
import { segmentSumSuite } from '../suites/segment-sum.js';
import { sumSuite } from '../suites/sum.js';

matMulSuite('composed');
sumSuite('composed');
conv2dSuite('composed');
depthwiseSuite('composed');
segmentSumSuite('composed');
fusedSuite('composed');
