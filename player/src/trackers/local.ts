/**
 * No host: nobody records anything, and the course says so. The keeper's copy on the device is all there is.
 */

import { notConnected, type Connection, type Tracker } from "./tracker";

export class LocalTracker implements Tracker {
  readonly name = "local";
  readonly certain = true;

  connect(): Promise<Connection> {
    return Promise.resolve(notConnected("this copy of the course is not meant for an LMS"));
  }

  record(): void {
    // nobody to tell
  }

  save(): Promise<boolean> {
    return Promise.resolve(false);
  }

  finish(): boolean {
    return true;
  }
}
