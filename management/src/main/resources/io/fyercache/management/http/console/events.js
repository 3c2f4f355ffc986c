// What has happened to the cluster, the latest first.

import {find, number, setRows, setText} from './dom.js';

/** Shows events. */
export function showEvents(events) {
  setRows(find('events'), events.toReversed().map(event => [
    number(event.number), new Date(event.at).toLocaleString(), event.kind, event.text,
  ]));
  setText(find('event-remark'), events.length === 0 ? 'Nothing has happened since this process has come.' : '');
}
