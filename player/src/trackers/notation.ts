/**
 * Numbers, times and durations as the standards write them.
 */

/** At most two decimals, never an exponent. */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A number with all of its decimals and without an exponent, which CMIDecimal does not have. */
export function plainNumber(value: number): string {
  const [, sign = "", whole = "", part = "", exponent = ""] = /^(-?)(\d+)\.?(\d*)e(.*)$/.exec(String(value)) ?? [];
  if (exponent === "") return String(value);
  const point = whole.length + Number(exponent);
  return point > 0 ? sign + (whole + part).padEnd(point, "0") : `${sign}0.${"0".repeat(-point)}${whole}${part}`;
}

/** SCORM 1.2 CMITimespan, always with four hour digits: one host drops the first (T16). */
export function timespan(seconds: number): string {
  const hundredths = Math.min(Math.round(seconds * 100), 9999 * 360000);
  const whole = Math.floor(hundredths / 100);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours, minutes, rest] = parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0"));
  return `${hours}:${minutes}:${rest}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** SCORM 1.2 CMITime: the learner's own clock. */
export function localTime(time: number): string {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** ISO 8601 duration with at most two decimals (xAPI Data 4.6, cmi5 9.5.4.1). */
export function duration(seconds: number): string {
  const whole = Math.round(seconds * 100);
  const [hours, minutes, rest] = [Math.floor(whole / 360000), Math.floor(whole / 6000) % 60, (whole % 6000) / 100];
  return `PT${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}${decimal(rest)}S`;
}
