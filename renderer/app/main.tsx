import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@mantine/dropzone/styles.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepConnected } from '../lib/connection.ts';
import { startI18n } from '../lib/i18n.ts';
import { usePreferences } from '../lib/preferences.ts';
import { App } from './app.tsx';

const { language } = usePreferences.getState();
startI18n(language);
document.documentElement.lang = language;
void keepConnected();

const root = document.querySelector('#root');
if (!root) throw new Error('The page has no #root element.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
