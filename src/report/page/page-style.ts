/** Looks of a page: one column, light or dark as the reader's system is. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1d232b;--soft:#59636f;--edge:#dfe2e6;--accent:#1763ae}
@media(prefers-color-scheme:dark){:root{--paper:#14171b;--card:#1c2026;--ink:#e6eaf0;--soft:#a4aeba;--edge:#333a43;--accent:#7cb7f2}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
main,header,footer{max-width:60rem;margin:0 auto;padding:0 1.25rem;overflow-wrap:break-word}
header{padding-top:2.5rem}
h1{font-size:2rem;line-height:1.15;margin:0 0 .4rem;letter-spacing:-.02em}
h2{font-size:1.25rem;margin:2.6rem 0 .5rem}
h3{font-size:1.05rem;margin:1.6rem 0 .3rem}
p{max-width:44rem;margin:.5rem 0}
a{color:var(--accent)}
.lead,figcaption,footer,summary,caption{color:var(--soft)}
caption{text-align:left;font-size:.9rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1.25rem}
figure{margin:1rem 0;padding:.8rem;background:var(--card);border:1px solid var(--edge);border-radius:.6rem;min-width:0}
figure img{display:block;width:100%;height:auto;image-rendering:pixelated;background:#000;border-radius:.3rem}
figcaption,summary{font-size:.9rem;padding-top:.55rem}
svg.chart{display:block;width:100%;height:auto}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.8rem 0}
th,td{text-align:left;padding:.3rem 1.4rem .3rem 0;border-bottom:1px solid var(--edge);vertical-align:top}
th{font-weight:600}
td.number,th.number{text-align:right;white-space:nowrap}
footer{padding-top:2rem;padding-bottom:3rem;font-size:.9rem}
@media print{details>*{display:block}}
`;
