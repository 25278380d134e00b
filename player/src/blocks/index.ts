/**
 * What content blocks do beyond what the browser does by itself. All of them can be read without it.
 */

import type { Aside } from "../copy";
import type { Session } from "../session";
import type { Say } from "../ui-words";
import { checklists } from "./checklist";
import { embeds } from "./embeds";
import { pictures } from "./pictures";
import { recordings } from "./recordings";
import { reveal, tabs } from "./tabs";
import { terms } from "./terms";

export { reveal };

/** Brings the blocks of a page to life, once, when it is first shown. */
export function enliven(section: HTMLElement, session: Session, aside: Aside, say: Say): void {
  checklists(section, aside);
  tabs(section);
  terms(section, say);
  embeds(section);
  pictures(section, say);
  recordings(section, session, say);
}
