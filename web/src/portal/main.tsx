// The customers' own view: an app of its own, with its own log-in, that knows nothing of the vendor's.
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { PortalApp } from './PortalApp';
import { startTexts } from './texts/i18n';

await startTexts();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <PortalApp />
  </StrictMode>,
);
