import { Menu, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages } from '../lib/i18n';

/** Each in its own words: who looks for theirs may read no other. */
const names = { fr: 'Français', en: 'English', ar: 'العربية' };
const themes = ['auto', 'light', 'dark'] as const;

/** Language and appearance, within a menu. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('common.language')}</Menu.Label>
      <Menu.RadioGroup value={i18n.language}>
        {languages.map((language) => (
          <Menu.RadioItem
            key={language}
            value={language}
            lang={language}
            onChange={() => void chooseLanguage(language)}
          >
            {names[language]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Label>{t('common.theme')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme}>
        {themes.map((theme) => (
          <Menu.RadioItem key={theme} value={theme} onChange={() => setColorScheme(theme)}>
            {t(`common.themes.${theme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
