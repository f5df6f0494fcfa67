export {
  type Country,
  CountryRules,
  type FeeRange,
  type Locale,
  type Rule,
  type RuleId,
  ruleIds,
  type Source,
} from './country-rules.js';
export { RefusedByRule } from './refused-by-rule.js';
