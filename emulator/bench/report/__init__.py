"""What came of a campaign, for people and for programs: HTML, JSON, JUnit, Allure, comparisons."""
