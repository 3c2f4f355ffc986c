// The console: asks the process regularly while somebody looks at the page, and has everything shown.

import {ask, askForAll, askForHealth, hasToken, NotReached, Problem, signIn, signOut} from './api.js';
import {showCaches} from './caches.js';
import {showCluster, showMembers} from './cluster.js';
import {offerDefinitions, startDefinitions} from './definitions.js';
import {announce, find, setAttribute, setText} from './dom.js';
import {offerCaches, startEntries} from './entries.js';
import {showEvents} from './events.js';
import {chosenCache, offerHistories, showHistory, startHistory} from './history.js';
import {showPartitions, startPartitions} from './partitions.js';

/** Milliseconds between two looks at the cluster: a takeover is seen as it happens. */
const PAUSE_MILLIS = 1_000;

/** One in so many looks is at caches and the last hour, too, of which a sample comes every ten seconds. */
const LOOKS_FOR_CACHES = 5;

/** What is shown of what changes rarely, so that it is asked for when it has. */
const known = {table: undefined, events: undefined, history: {samples: []}, looks: 0};

async function lookAtHistory() {
  const cache = chosenCache();
  const history = await ask(cache === undefined ? 'history' : `history?cache=${encodeURIComponent(cache)}`);
  if (cache === undefined) {
    known.history = history;
  }
  if (cache === chosenCache()) {
    showHistory(history);
  }
}

async function lookAtCaches() {
  const caches = await askForAll('caches');
  offerHistories(caches);
  offerCaches(caches);
  offerDefinitions(caches);
  showCaches(caches);
  if (chosenCache() !== undefined) {
    known.history = await ask('history');
  }
  await lookAtHistory();
}

async function lookAtCluster(cluster) {
  const members = await askForAll('members');
  showMembers(members);
  // Of the version that was told before they are asked for: if another comes in between, the next look sees it.
  const table = `${cluster.tableVersion} ${members.map(member => member.incarnation)}`;
  if (known.table !== table) {
    showPartitions(await askForAll('partitions'), members);
    known.table = table;
  }
  const events = JSON.stringify(cluster.events);
  if (known.events !== events) {
    showEvents(await askForAll('events'));
    known.events = events;
  }
}

async function lookAtHealth() {
  const {good, reasons} = await askForHealth();
  setText(find('health'), `${good ? '✓ ready' : '✗ not ready'}: ${reasons.join('; ')}`);
  setAttribute(find('health'), 'class', good ? 'good' : 'bad');
  announce('health', good ? 'The process is ready.' : 'The process is not ready.');
}

async function look() {
  const cluster = await ask('cluster');
  await lookAtHealth();
  if (known.looks % LOOKS_FOR_CACHES === 0) {
    await lookAtCaches();
  }
  known.looks++;
  showCluster(cluster, known.history);
  const clustered = cluster.part !== 'local';
  document.body.classList.toggle('clustered', clustered);
  if (clustered) {
    await lookAtCluster(cluster);
  }
}

// ---- who may see it

function show(content) {
  for (const id of ['sign-in', 'content']) {
    find(id).hidden = id !== content;
  }
  find('sign-out').hidden = content !== 'content' || !hasToken();
}

/** Asks for a token. What was wrong with the one before is told, if there was one. */
function askForToken(why) {
  setText(find('sign-in-remark'), why);
  if (find('sign-in').hidden) {
    show('sign-in');
    find('token').focus();
  }
}

function startSignIn() {
  find('sign-in-form').addEventListener('submit', event => {
    event.preventDefault();
    signIn(find('token').value);
    find('token').value = '';
    lookNow();
  });
  find('sign-out').addEventListener('click', () => {
    signOut();
    // Nothing of what was shown stays in the page.
    location.reload();
  });
}

// ---- again and again

let timer;
let looking = false;

function tellContact(text, good) {
  setText(find('contact'), text);
  setAttribute(find('contact'), 'class', good ? '' : 'bad');
}

function whyNot(failure) {
  if (failure instanceof Problem) {
    return `The process refuses to answer: ${failure.message}`;
  } else if (failure instanceof NotReached) {
    return 'The process does not answer. What is shown is old.';
  }
  console.error(failure);
  return 'This page has a fault, which the log of the browser tells. What is shown may be old.';
}

async function lookAndTell() {
  try {
    await look();
    const signedIn = !find('sign-in').hidden;
    show('content');
    if (signedIn) {
      find('heading').focus();
    }
    tellContact(`As of ${new Date().toLocaleTimeString()}`, true);
    announce('contact', '');
  } catch (failure) {
    if (failure instanceof Problem && failure.needsToken) {
      const hadOne = hasToken();
      signOut();
      askForToken(hadOne ? failure.message : '');
      return false;
    }
    const text = whyNot(failure);
    tellContact(text, false);
    announce('contact', text);
  }
  return true;
}

async function lookNow() {
  clearTimeout(timer);
  if (looking) {
    return; // What is under way goes on to the next.
  }
  looking = true;
  const goesOn = await lookAndTell();
  looking = false;
  if (goesOn && !document.hidden) {
    timer = setTimeout(lookNow, PAUSE_MILLIS);
  }
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && find('sign-in').hidden) {
    lookNow();
  }
});
startSignIn();
startPartitions();
startEntries();
startDefinitions(() => lookAtCaches().catch(() => undefined));
// A failure is told by the next look.
startHistory(() => lookAtHistory().catch(() => undefined));
lookNow();
