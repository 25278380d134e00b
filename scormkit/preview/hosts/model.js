/**
 * The SCORM 1.2 data model: facts go in (scorm12_datamodel.json, and what a host changes of them), judgements of single
 * calls come out. A judgement is null where nothing is wrong, else {error, rule, values}: the standard's error code and a
 * rule of rules.json. Shares nothing with the player, whose tracker it checks.
 */

/** `cmi.interactions.3.id` -> {pattern: "cmi.interactions.n.id", indices: [3], arrays: ["cmi.interactions"]} */
function parse(name) {
  const parts = name.split(".");
  const indices = [];
  const arrays = [];
  const pattern = parts.map((part, at) => {
    if (!/^\d+$/.test(part)) return part;
    indices.push(Number(part));
    arrays.push(parts.slice(0, at).join("."));
    return "n";
  });
  return { pattern: pattern.join("."), indices, arrays };
}

const ruleByElement = {
  "cmi.suspend_data": "RUN007",
  "cmi.core.lesson_location": "RUN008",
  "cmi.core.session_time": "RUN009",
  "cmi.core.lesson_status": "RUN013",
  "cmi.core.exit": "RUN014",
  "cmi.core.score.raw": "RUN017",
  "cmi.core.score.min": "RUN017",
  "cmi.core.score.max": "RUN017",
  "cmi.interactions.n.student_response": "RUN022",
  "cmi.interactions.n.correct_responses.n.pattern": "RUN022",
  "cmi.interactions.n.result": "RUN023",
};

export class DataModel {
  /**
   * @param facts scorm12_datamodel.json
   * @param changes what a host changes: types, vocabularies, responses, patterns (each merged by name), elements (merged
   *   by name: {"cmi.suspend_data": {length: 64000}}), gap, unknownGet, unknownSet (error codes), order (false: no order)
   */
  constructor(facts, changes = {}) {
    const merged = (name) => ({ ...facts[name], ...changes[name] });
    this.types = merged("types");
    this.vocabularies = merged("vocabularies");
    this.responses = merged("responses");
    this.patterns = merged("patterns");
    this.changes = changes;
    this.elements = new Map(
      facts.elements.map((fact) => [fact.element, { ...fact, ...changes.elements?.[fact.element] }]),
    );
  }

  /** The element's fact, or undefined. */
  element(name) {
    return this.elements.get(parse(name).pattern);
  }

  /** How many entries the array `name` has in `values`. */
  count(name, values) {
    let count = 0;
    for (const key of values.keys()) {
      if (!key.startsWith(`${name}.`)) continue;
      const index = Number(key.slice(name.length + 1).split(".")[0]);
      if (index >= count) count = index + 1;
    }
    return count;
  }

  /** A keyword's answer: `_children`, `_count`, `_version`. */
  keyword(name, values) {
    if (name.endsWith("._count")) return String(this.count(name.slice(0, -7), values));
    if (name === "cmi._children") return this.children("cmi");
    return this.element(name)?.value ?? this.children(name.replace(/\._children$/, ""));
  }

  children(parent) {
    const names = [...this.elements.keys()].filter((name) => name.startsWith(`${parent}.`));
    const children = names.map((name) => name.slice(parent.length + 1).split(".")[0]);
    return [...new Set(children)].filter((name) => !name.startsWith("_")).join(",");
  }

  judgeGet(name, values) {
    const fact = this.element(name);
    if (!fact) return this.unknown(name, this.changes.unknownGet ?? "401");
    if (fact.access === "write") return { error: "404", rule: "RUN019", values: { element: name, access: "write only" } };
    const { indices, arrays } = parse(name);
    const missing = arrays.some((array, at) => indices[at] >= this.count(array, values));
    return missing ? { error: this.changes.missing ?? "201", rule: "RUN033", values: { element: name } } : null;
  }

  judgeSet(name, value, values) {
    const fact = this.element(name);
    if (!fact) return this.unknown(name, this.changes.unknownSet ?? "401");
    if (fact.access === "keyword") return { error: "402", rule: "RUN019", values: { element: name, access: "a keyword" } };
    if (fact.access === "read") return { error: "403", rule: "RUN019", values: { element: name, access: "read only" } };
    return this.judgeOrder(name, values) ?? this.judgeValue(name, fact, value, values);
  }

  unknown(name, error) {
    const keyword = /^(.*)\.(_children|_count)$/.exec(name);
    const parent = keyword && parse(keyword[1]).pattern;
    if (!parent || ![...this.elements.keys()].some((known) => `${known}.`.startsWith(`${parent}.`))) {
      return { error, rule: "RUN031", values: { element: name } };
    }
    return { error: keyword[2] === "_count" ? "203" : "202", rule: "RUN031", values: { element: name } };
  }

  judgeOrder(name, values) {
    const { pattern, indices, arrays } = parse(name);
    for (const [at, array] of arrays.entries()) {
      const next = this.count(array, values);
      const opens = indices[at] === next;
      const isId = /\.n\.(id|pattern)$/.test(pattern) && at === arrays.length - 1;
      if (indices[at] > next || (opens && !isId && this.changes.order !== false)) {
        const gap = this.changes.gap ?? "201";
        return gap ? { error: gap, rule: "RUN020", values: { element: name, next } } : null;
      }
    }
    return null;
  }

  judgeValue(name, fact, value, values) {
    if (fact.type === "CMIFeedback") return this.judgeResponse(name, fact, value, values);
    if (fact.blank && value === "") return null;
    const wrong = fact.type === "CMIVocabulary" ? this.wrongWord(fact, value) : this.wrongType(fact, value);
    if (wrong === null) return null;
    const rule = ruleByElement[parse(name).pattern] ?? "RUN032";
    return { error: "405", rule, values: { element: name, value: quote(value), length: value.length, words: wrong } };
  }

  wrongWord(fact, value) {
    const words = fact.settable ?? this.vocabularies[fact.vocabulary];
    if (words.includes(value)) return null;
    // RTE 3.4.4, cmi.interactions.n.result: a word, or a CMIDecimal
    if (fact.vocabulary === "interaction_result" && new RegExp(this.types.CMIDecimal.pattern).test(value)) return null;
    return `one of ${words.map(quote).join(", ")}`;
  }

  wrongType(fact, value) {
    const type = this.types[fact.type];
    const length = fact.length ?? type.length;
    const range = "range" in fact ? fact.range : type.range;
    if (length !== undefined && value.length > length) return `at most ${length} characters`;
    if (type.pattern && !new RegExp(type.pattern).test(value)) return type.words;
    if (range && (Number(value) < range[0] || Number(value) > range[1])) return `a number from ${range[0]} to ${range[1]}`;
    return null;
  }

  judgeResponse(name, fact, value, values) {
    const { pattern } = parse(name);
    const interaction = name.split(".").slice(0, 3).join(".");
    const type = values.get(`${interaction}.type`);
    if (type === undefined) {
      return this.changes.order === false ? null : { error: "405", rule: "RUN021", values: { element: name } };
    }
    const forms = pattern.endsWith(".pattern") ? this.patterns : this.responses;
    const form = forms[type];
    const limit = fact.length ?? 255;
    if (value.length <= limit && (!form || new RegExp(form).test(value))) return null;
    return { error: "405", rule: "RUN022", values: { element: name, value: quote(value), type } };
  }
}

/** A value as the log shows it: in quotes, shortened. */
export function quote(value) {
  const text = String(value);
  return `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`;
}
