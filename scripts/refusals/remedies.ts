/** What stands on the page of refusals before its chapters: how to read them, and what to do. */
export const beforeRules = `# What is refused, and what to do

A message names the function, the argument, the rule and what was received: \`\`trainGan: \`batchSize\` must be a positive integer, received 0 (number).\`\` Below are all rules, by function. \`npm run refusals\` writes this page from the sources, and a test compares it.
An ellipsis (…) stands for what depends on the call: a name, a number, a place in a list. Search the page for the words behind *must*.

Every function with options refuses names that it does not know, \`be left out: there is no such option (there are: …)\`, and what is no object,
\`be an object of options\`. These two are not repeated below.

| what is thrown | when | what to do |
| --- | --- | --- |
| \`RangeError\` | an argument breaks a rule; it is thrown before any work where the argument can be read then, and at the batch in question where data come bit by bit | give what the rule says |
| \`NonFiniteLossError\` | a loss, a gradient or a weight became NaN or infinite | a smaller learning rate, scaled data, or \`onNonFinite: 'skip'\` or \`'rollback'\`; its fields say which network and which step |
| \`UnsolvedModelError\` | a stock problem is too large for the exact solver, or its bounds do not meet | larger units, fewer states; or simulate it with a policy |
| the reason of your \`AbortSignal\` | you stopped the run | nothing: what was trained stays trained |
| \`Error\` | the backend, a file or a thread failed | the message says what, and where it can, the remedy |

| the rule says | what to do |
| --- | --- |
| be left out …, be left out beside … | take the option away; its reason stands behind the colon, or the option that it contradicts |
| be given …, be given with … | give it: there is no default that would be right |
| be one of … | take one of those listed, as written |
| be a number in [a, b), in (a, b], in [a, b] | a round bracket leaves the end out, a square one takes it in |
| be counted in larger units | divide demand and orders by the size of a pack, as whole numbers |
| have … rows or more, have … customers or more | give more data; less would say nothing |
| hold finite numbers, be a finite number | look for NaN, Infinity or empty cells in the data at the place that is named |
| hold what … takes | a file holds what the function named there refuses: it is damaged, or not written by this library |
| be a model of …, be … such as … gives | give what the function that is named returned, not a part of it or a copy |
| not be disposed | make the tensor or model anew, or dispose it later |
| be an AbortSignal | give \`controller.signal\`, not the controller |
| be at most the number of … | take fewer, or give more |
| have seen (the rows it was trained on) | train the recommender here, or give the rows that the message names |
| come from … | do not build the object by hand |
`;
