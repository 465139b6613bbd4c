import uPlot from "./uplot.js";

const find = id => document.getElementById(id);
const DASHES = { naive: [], mooring: [], unreclaimed: [7, 5] };
const WIDTHS = { naive: 3, mooring: 3, unreclaimed: 2 };
const HANDLINGS = ["naive", "mooring", "unreclaimed"];
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const strokes = { naive: () => color("--text"), mooring: () => color("--accent"), unreclaimed: () => color("--muted") };

let state = { runs: [], run: null, cap: 10 };

/** Writes only what differs, so that a selection, the focus and screen readers are left in peace. */
function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

function number(value) {
  return value === null || value === undefined ? "–" : value.toLocaleString("en");
}

function cell(value, type) {
  const td = document.createElement("td");
  td.textContent = value;
  if (type) td.className = type;
  return td;
}

function fill(body, key, rows, columns, empty) {
  if (body.dataset.key === key) return;
  body.dataset.key = key;
  if (rows.length === 0) {
    const tr = document.createElement("tr");
    const td = cell(empty, "empty");
    td.colSpan = columns;
    tr.append(td);
    rows = [tr];
  }
  body.replaceChildren(...rows);
}

/** The line of a run in the plot, as a key to it. */
function key(handling) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", "28");
  svg.setAttribute("height", "6");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  const attributes = { x1: 0, x2: 28, y1: 3, y2: 3, stroke: strokes[handling](), "stroke-width": WIDTHS[handling],
    "stroke-dasharray": DASHES[handling].join(" ") };
  for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}

function showRuns() {
  const rows = state.runs.map(run => {
    const tr = document.createElement("tr");
    const name = cell(run.label);
    name.prepend(key(run.handling));
    const setup = document.createElement("small");
    setup.textContent = run.setup;
    name.append(setup);
    tr.append(name);
    for (const figure of [run.answered, run.failed, run.opened, run.peak, run.open, run.leaked]) {
      tr.append(cell(number(figure), "figure"));
    }
    return tr;
  });
  const shown = state.runs.map(run => [run.label, run.setup, run.answered, run.leaked, strokes[run.handling]()]);
  fill(find("runs").tBodies[0], JSON.stringify(shown), rows, 7, "No run yet.");
}

function emptyConnection() {
  const tr = document.createElement("tr");
  for (const type of ["figure", "", "", "figure", "figure", ""]) tr.append(cell("", type));
  return tr;
}

function showConnections(run) {
  const list = run ? run.connections : [];
  const body = find("connections").tBodies[0];
  fill(body, String(list.length), list.map(emptyConnection), 6, "None is open.");
  list.forEach((connection, i) => {
    const { number: no, state: status, holder, age, uses, statement } = connection;
    const who = holder === null ? "nobody" : status === "leaked" ? `${holder}, ended` : holder;
    body.rows[i].className = status;
    [no, status, who, age, uses, statement ?? "none"].forEach((value, j) => text(body.rows[i].cells[j], String(value)));
    body.rows[i].cells[5].title = statement ?? "";
  });
  const more = run ? run.open - list.length : 0;
  text(find("more"), more > 0 ? `And ${number(more)} more.` : "");
}

function showLog(run) {
  const log = find("log");
  const lines = run ? run.log : [];
  const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
  const known = new Map([...log.children].map(li => [li.dataset.number, li]));
  const items = lines.map(line => {
    const li = known.get(String(line.number)) ?? document.createElement("li");
    li.dataset.number = line.number;
    if (li.className !== line.kind) li.className = line.kind;
    text(li, line.text);
    return li;
  });
  if (items.length !== log.children.length || items.some((li, i) => li !== log.children[i])) log.replaceChildren(...items);
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function showFigures(run) {
  for (const id of ["open", "leaked", "opened", "closed", "reused", "reclaimed", "server"]) {
    text(find(id), number(run ? run[id] : id === "server" ? null : 0));
  }
  text(find("unit"), run && run.serverUnit ? `Counted outside: ${run.serverUnit}. Count for yourself:` : "");
  text(find("command"), run?.command ?? "");
}

function showSentence(run) {
  const phases = { preparing: "The database is being made ready …", sending: "Requests are being sent …" };
  if (run) {
    text(find("sentence"), run.sentence ?? phases[run.phase] ?? "");
    const after = { answered: " The connections are open as they were left, for five minutes.", closed: " All connections are closed again." };
    const failed = run.failed === 0 ? "" : `, ${number(run.failed)} of them with a failure`;
    text(find("progress"), run.phase === "preparing" ? ""
      : `${number(run.answered)} of ${number(run.requests)} requests answered${failed}.${after[run.phase] ?? ""}`);
  }
  const busy = run !== null && (run.phase === "preparing" || run.phase === "sending");
  find("run").disabled = busy;
  find("stop").disabled = !busy;
  find("close").disabled = run === null || run.phase === "closed";
}

/* The plot */

let plot = null;
let drawn = "";
const limit = () => state.run && state.run.limit;

function scaleY(self, min, max) {
  const top = Math.max(max ?? 0, limit() ?? 0, state.cap + 2);
  return [0, Math.ceil(top * 1.12)];
}

/** Text that a line behind it does not make unreadable. */
function write(ctx, words, x, y, fill) {
  ctx.setLineDash([]);
  ctx.lineJoin = "round";
  ctx.lineWidth = 5 * devicePixelRatio;
  ctx.strokeStyle = color("--back");
  ctx.strokeText(words, x, y);
  ctx.fillStyle = fill;
  ctx.fillText(words, x, y);
}

/** The limits as lines with their names, and each run's name at the end of its line. */
function drawLabels(u) {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${12 * ratio}px system-ui, sans-serif`;
  const level = (value, name) => {
    const y = u.valToPos(value, "y", true);
    ctx.setLineDash([2 * ratio, 4 * ratio]);
    ctx.lineWidth = ratio;
    ctx.strokeStyle = color("--text");
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.textAlign = "left";
    write(ctx, name, bbox.left + 6 * ratio, y - 6 * ratio, color("--text"));
  };
  if (limit()) level(limit(), `the server's limit for these requests: ${limit()}`);
  const taken = [];
  for (const run of state.runs) {
    const [xs, ys] = run.points;
    if (xs.length < 2) continue;
    const last = xs.length - 1;
    const x = u.valToPos(xs[last], "x", true);
    let y = u.valToPos(ys[last], "y", true) - 10 * ratio;
    while (taken.some(other => Math.abs(other - y) < 16 * ratio)) y -= 16 * ratio;
    if (limit() && Math.abs(u.valToPos(limit(), "y", true) - 6 * ratio - y) < 14 * ratio) {
      y = u.valToPos(ys[last], "y", true) + 18 * ratio;
    }
    taken.push(y);
    const label = `${run.label}: ${number(ys[last])}`;
    ctx.font = `600 ${12 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    const latest = bbox.left + bbox.width - ctx.measureText(label).width;
    write(ctx, label, Math.max(bbox.left, Math.min(x, latest)), y, strokes[run.handling]());
  }
  ctx.restore();
}

function axis(label) {
  return { label, labelSize: 28, stroke: () => color("--muted"), font: "12px system-ui, sans-serif",
    labelFont: "12px system-ui, sans-serif", grid: { stroke: () => color("--line"), width: 1 }, ticks: { show: false } };
}

function makePlot() {
  const box = find("plot");
  const series = HANDLINGS.map(handling => ({ label: handling, stroke: strokes[handling], width: WIDTHS[handling],
    dash: DASHES[handling], spanGaps: true, points: { show: false } }));
  plot = new uPlot({
    width: box.clientWidth, height: box.clientHeight, series: [{}, ...series],
    axes: [{ ...axis("requests answered"), size: 30, grid: { show: false } }, { ...axis("connections open"), size: 44 }],
    scales: { x: { time: false, range: (self, min, max) => [0, Math.max(max ?? 0, 10)] }, y: { range: scaleY } },
    padding: [8, 20, 0, 0], cursor: { show: false }, legend: { show: false }, hooks: { draw: [drawLabels] },
  }, [[0], [null], [null], [null]], box);
  new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: box.clientHeight })).observe(box);
}

function showPlot() {
  const now = JSON.stringify([state.runs.map(run => [run.handling, run.points]), limit()]);
  if (now === drawn) return;
  drawn = now;
  const tables = HANDLINGS.map(handling => state.runs.find(run => run.handling === handling)?.points ?? [[0], [null]]);
  plot.setData(uPlot.join(tables));
  find("plot").setAttribute("aria-label", state.runs.length === 0 ? "An empty plot" : "Plot: " + state.runs.map(run =>
    `${run.label}, ${number(run.points[1].at(-1))} connections open after ${number(run.points[0].at(-1))} requests`).join("; "));
}

/* The controls */

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const button = event.submitter ?? find("run");
  try {
    const answer = await fetch(button.getAttribute("formaction") ?? form.getAttribute("action"), {
      method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)) });
    text(find("problem"), answer.ok ? (await answer.json()).problem ?? "" : `The server answered ${answer.status}. Reload the page.`);
  } catch {
    text(find("problem"), "The server does not answer. Is runserver still running?");
  }
}

function scopeFollowsHandling() {
  find("scope").disabled = find("controls").elements.handling.value === "naive";
}

function show() {
  showSentence(state.run);
  showFigures(state.run);
  showConnections(state.run);
  showLog(state.run);
  showRuns();
  showPlot();
}

find("controls").addEventListener("submit", send);
find("controls").addEventListener("change", scopeFollowsHandling);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { plot.redraw(); showRuns(); });
scopeFollowsHandling();
makePlot();
new EventSource("/mooring/events").addEventListener("message", event => {
  state = JSON.parse(event.data);
  show();
});
