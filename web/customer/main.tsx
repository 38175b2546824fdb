import { render } from 'preact';
import '../brand/brand.css';
import { createTitleBadge } from '../browser/title.ts';
import { App } from './App.tsx';
import { createChat } from './chat.ts';
import './layout.css';
import './messages.css';
import './composer.css';
import { fitKeyboard } from './keyboard.ts';
import { languageOf, wordsFor } from './words.ts';

const language = languageOf(navigator.languages);
const words = wordsFor(language);
document.documentElement.lang = words.locale;
document.title = words.page;

const badge = createTitleBadge(words.unread);
const chat = createChat(words.locale, badge.add);
const root = document.getElementById('app');
if (root !== null) render(<App chat={chat} words={words} language={language} />, root);

fitKeyboard();
chat.start();
addEventListener('online', chat.nudge);
addEventListener('offline', chat.nudge);
document.addEventListener('visibilitychange', () => !document.hidden && chat.nudge());
// A stream can die without a word (a sleeping phone, a proxy): look now and then.
setInterval(() => !document.hidden && chat.nudge(), 45_000);
