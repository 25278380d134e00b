/** What can go wrong, as the preview offers it: the server's choices in, buttons with their explanations out. */
import { element } from "./panel.js";

const NAMES = {
  "": "Nothing", offline: "Offline", refuse: "Refuses to save", slow: "Slow (5 s)", silence: "No answer", "lost-answer": "Answer lost",
  unauthorised: "Session expired", "login-page": "Login page", forbidden: "Not allowed", "too-many": "Too many requests",
  cors: "Page not allowed (CORS)", "late-api": "API late", "no-api": "No API", "storage-missing": "No storage", "storage-full": "Storage full",
  clock: "Clock jumps",
};
const SPOILING = { cut: "Cut the saved state", garbled: "Garble the saved state", foreign: "State of another course" };
const ONCE = [
  ["Kill the window", "The browser ends without a word: nothing of this moment reaches the LMS", { "data-do": "kill" }],
  ["Second tab", "The learner opens the course a second time, beside this one", { "data-do": "second" }],
  ["Another browser", "The learner comes back on another device: only what the LMS holds is there", { "data-do": "elsewhere" }],
];

/** [value, name, explanation] of what lasts until it is changed. */
export function faultChoices({ faults, atLaunch }) {
  const told = { "": undefined, offline: "The learner's network is off", ...atLaunch };
  return Object.entries(NAMES).map(([value, name]) => [value, name, value in told ? told[value] : `The LMS ${faults[value]}`]);
}

/** An entry for each thing that happens once: its button, and what it does. */
export function onceChoices({ spoilt }) {
  const spoiling = Object.entries(SPOILING).map(([how, name]) =>
    [name, `${spoilt[how]}. This browser's own copy stays`, { "data-do": "spoil", "data-how": how }]);
  return [...ONCE, ...spoiling].map(([name, words, attributes], index) =>
    element("li", {}, element("button", { type: "button", "aria-describedby": `once-${index}`, ...attributes }, name), " ", element("small", { id: `once-${index}` }, words)));
}
