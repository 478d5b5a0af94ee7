// In the hand.
import { visitEveryPage } from './every_page';

visitEveryPage({ width: 390, height: 844 }, 'dark');
